export { QualificationCardEntity, QualificationEntity } from './qualification.entity.ts';
