import { Module } from '@nestjs/common';
import { DealsModule } from '../deals/index.ts';
import { QualificationController } from './qualification.controller.ts';
import { QualificationResolver } from './qualification.resolver.ts';
import { QualificationService } from './qualification.service.ts';

@Module({
  imports: [DealsModule],
  controllers: [QualificationController],
  providers: [QualificationResolver, QualificationService],
})
export class QualificationModule {}
