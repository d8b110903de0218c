export { SecretBox } from './secret-box.ts';
export { SecretsModule } from './secrets.module.ts';
