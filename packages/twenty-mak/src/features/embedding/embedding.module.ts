import { Module } from '@nestjs/common';
import { EmbeddingController } from './embedding.controller.ts';
import { EmbeddingService } from './embedding.service.ts';

@Module({ controllers: [EmbeddingController], providers: [EmbeddingService] })
export class EmbeddingModule {}
