import { Global, Module } from '@nestjs/common';
import { CONFIG } from '../config/config.module.ts';
import type { Config } from '../config/config.ts';
import { FileStore } from './file-store.ts';
import { FolderStore } from './folder-store.ts';

@Global()
@Module({
  providers: [
    {
      provide: FileStore,
      inject: [CONFIG],
      useFactory: (config: Config): FileStore => new FolderStore(config.MAK_FILES_DIR),
    },
  ],
  exports: [FileStore],
})
export class StorageModule {}
