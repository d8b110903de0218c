export { TwentyUserEntity, TwentyWorkspaceEntity } from './twenty-sign-in.entity.ts';
export { TwentySignInModule } from './twenty-sign-in.module.ts';
