import { Module } from '@nestjs/common';
import { TasksController } from './tasks.controller.ts';
import { TaskRecords } from './tasks.records.ts';
import { TasksResolver } from './tasks.resolver.ts';
import { TasksService } from './tasks.service.ts';

@Module({ controllers: [TasksController], providers: [TaskRecords, TasksService, TasksResolver] })
export class TasksModule {}
