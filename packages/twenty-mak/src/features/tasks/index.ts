export { dealsThere } from './task-records.repository.ts';
export { taskSchema } from './tasks.dto.ts';
export type { TaskView } from './tasks.dto.ts';
export { TaskEntity } from './tasks.entity.ts';
export { taskModel, TaskModel } from './tasks.model.ts';
export { TasksModule } from './tasks.module.ts';
export { cancelTasks, openTasks } from './tasks.repository.ts';
export { tasksById } from './tasks.service.ts';
export type { NewTask } from './tasks.repository.ts';
