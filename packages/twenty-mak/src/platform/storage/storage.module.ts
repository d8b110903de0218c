import { Global, Module } from '@nestjs/common';
import { join } from 'node:path';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { FileStore } from './file-store.ts';
import { FolderStore } from './folder-store.ts';
import { S3Store } from './s3-store.ts';

@Global()
@Module({
  providers: [
    {
      provide: FileStore,
      inject: [CONFIG],
      useFactory: storeOf,
    },
  ],
  exports: [FileStore],
})
export class StorageModule {}

/** A bucket when one is named, else the folder. */
function storeOf(config: Config): FileStore {
  const {
    MAK_FILES_DIR: folder,
    MAK_S3_URL: url,
    MAK_S3_REGION: region,
    MAK_S3_KEY_ID: keyId = '',
    MAK_S3_SECRET: secret = '',
  } = config;
  if (url === undefined) return new FolderStore(folder);
  return new S3Store({ url, region, keyId, secret }, join(folder, 'copies'));
}
