import { Global, Module } from '@nestjs/common';
import { RateLimitModule } from '../rate-limit/index.ts';
import { LetterSender } from './letter-sender.ts';
import { Letters } from './letters.ts';

@Global()
@Module({ imports: [RateLimitModule], providers: [Letters, LetterSender], exports: [Letters] })
export class MailModule {}
