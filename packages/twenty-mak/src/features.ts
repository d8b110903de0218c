import type { DynamicModule, Type } from '@nestjs/common';
import { OrdersModule } from './features/orders/index.ts';
import { ArticlesModule } from './features/articles/index.ts';
import { AccountsModule } from './features/accounts/index.ts';
import { EmbeddingModule } from './features/embedding/index.ts';
import { TwentySignInModule } from './features/twenty-sign-in/index.ts';
import { AnalyticsModule } from './features/analytics/index.ts';
import { AuditModule } from './features/audit/index.ts';
import { ApiClientsModule } from './features/api-clients/index.ts';
import { ClientsModule } from './features/clients/index.ts';
import { ImportsModule } from './features/imports/index.ts';
import { LeadFilesModule } from './features/lead-files/index.ts';
import { LeadsModule } from './features/leads/index.ts';
import { QualificationModule } from './features/qualification/index.ts';
import { PersonsModule } from './features/persons/index.ts';
import { CabinetsModule } from './features/cabinets/index.ts';
import { RolesModule } from './features/roles/index.ts';
import { ExchangeRatesModule } from './features/exchange-rates/index.ts';
import { ProvisioningModule } from './features/provisioning/index.ts';
import { TenantsModule } from './features/tenants/index.ts';
import { EventsModule } from './features/events/index.ts';
import { DealsModule } from './features/deals/index.ts';
import { DashboardModule } from './features/dashboard/index.ts';
import { FilesModule } from './features/files/index.ts';
import { NotificationsModule } from './features/notifications/index.ts';
import { ViewsModule } from './features/views/index.ts';
import { SlaModule } from './features/sla/index.ts';
import { WebhooksModule } from './features/webhooks/index.ts';
import { SubscriptionsModule } from './features/subscriptions/index.ts';
import { TasksModule } from './features/tasks/index.ts';
import { AuctionModule } from './features/auction/index.ts';
import { WalletModule } from './features/wallet/index.ts';
import { PipelinesModule } from './features/pipelines/index.ts';

/** Every feature of the product, in the order of the docs. */
export const features: (Type | DynamicModule)[] = [
  TenantsModule,
  ProvisioningModule,
  AccountsModule,
  RolesModule,
  CabinetsModule,
  ExchangeRatesModule,
  EmbeddingModule,
  TwentySignInModule,
  ApiClientsModule,
  AuditModule,
  PersonsModule,
  PipelinesModule,
  EventsModule,
  FilesModule,
  ImportsModule,
  DealsModule,
  ViewsModule,
  ClientsModule,
  ArticlesModule,
  OrdersModule,
  LeadsModule,
  LeadFilesModule,
  QualificationModule,
  SlaModule,
  TasksModule,
  NotificationsModule,
  WebhooksModule,
  SubscriptionsModule,
  AnalyticsModule,
  DashboardModule,
  WalletModule,
  AuctionModule,
];
