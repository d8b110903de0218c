export { TaskEntity } from './tasks.entity.ts';
export { TasksModule } from './tasks.module.ts';
export { cancelTasks, openTasks } from './tasks.repository.ts';
export type { NewTask } from './tasks.repository.ts';
