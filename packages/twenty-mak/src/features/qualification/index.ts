export { QualificationCardEntity, QualificationEntity } from './qualification.entity.ts';
export { QualificationModule } from './qualification.module.ts';
