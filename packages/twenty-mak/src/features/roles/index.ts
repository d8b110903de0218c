export { RolePermissionEntity } from './roles.entity.ts';
export { RoleEnum } from './roles.model.ts';
export { RolesModule } from './roles.module.ts';
export { peopleWhoMay, refuseRolesBeyondOwn, rolesWhichMay } from './roles.service.ts';
