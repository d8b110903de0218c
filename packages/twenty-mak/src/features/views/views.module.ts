import { Module } from '@nestjs/common';
import { DealsModule } from '../deals/index.ts';
import { ViewFilters } from './view-filters.ts';
import { ViewsController } from './views.controller.ts';
import { ViewsResolver } from './views.resolver.ts';
import { ViewsService } from './views.service.ts';

@Module({
  imports: [DealsModule],
  controllers: [ViewsController],
  providers: [ViewFilters, ViewsResolver, ViewsService],
})
export class ViewsModule {}
