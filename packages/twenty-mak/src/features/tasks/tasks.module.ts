import { Module } from '@nestjs/common';
import { TasksController } from './tasks.controller.ts';
import { TasksResolver } from './tasks.resolver.ts';
import { TasksService } from './tasks.service.ts';

@Module({ controllers: [TasksController], providers: [TasksService, TasksResolver] })
export class TasksModule {}
