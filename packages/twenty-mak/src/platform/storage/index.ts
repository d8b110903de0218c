export { FileStore } from './file-store.ts';
export type { LocalFile } from './file-store.ts';
export { FolderStore } from './folder-store.ts';
export { S3Store } from './s3-store.ts';
export { StorageModule } from './storage.module.ts';
