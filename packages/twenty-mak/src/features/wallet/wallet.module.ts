import { Inject, Module } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { keepRawBodies } from '../../platform/raw-body/index.ts';
import { PaymentsController } from './payments.controller.ts';
import { PaymentsService } from './payments.service.ts';
import { WalletController } from './wallet.controller.ts';
import { WalletResolver } from './wallet.resolver.ts';
import { WalletService } from './wallet.service.ts';

const WEBHOOK = /^\/v1\/payments\/[^/?]+\/[^/?]+$/;
/** What a payment is told with, in bytes: far more than anybody needs. */
const LONGEST_PAYMENT = 1024 * 1024;

@Module({
  controllers: [WalletController, PaymentsController],
  providers: [WalletService, PaymentsService, WalletResolver],
  exports: [WalletService],
})
export class WalletModule implements OnModuleInit {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost<FastifyAdapter>) {}

  onModuleInit(): void {
    keepRawBodies(this.host.httpAdapter.getInstance(), WEBHOOK, LONGEST_PAYMENT);
  }
}
