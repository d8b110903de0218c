import { Inject } from '@nestjs/common';
import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, withoutNulls } from '../../platform/validation/index.ts';
import { chosenSchema, listDeadSchema, listJournalSchema } from './connectors.dto.ts';
import { ConnectorModel, ConnectorStatusModel, SetConnectorInput } from './connectors.model.ts';
import { ConnectorsService } from './connectors.service.ts';
import { connectorModel } from './connectors.view-model.ts';
import {
  SyncDeadLetterPageModel,
  SyncDivergencePageModel,
  SyncJournalArgs,
  SyncJournalPageModel,
  SyncRecordInput,
  SyncRecordsArgs,
} from './sync-records.model.ts';
import { SyncRecordsService } from './sync-records.service.ts';

@RequireScope('tenant:manage')
@Resolver(() => ConnectorModel)
export class ConnectorsResolver {
  constructor(
    @Inject(ConnectorsService) private readonly service: ConnectorsService,
    @Inject(SyncRecordsService) private readonly records: SyncRecordsService,
  ) {}

  @Query(() => [ConnectorModel], { description: 'Also those that are not set up' })
  async connectors(@CurrentPrincipal() principal: Principal): Promise<ConnectorModel[]> {
    return (await this.service.list(principal)).map(connectorModel);
  }

  @Query(() => ConnectorModel)
  async connector(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
  ): Promise<ConnectorModel> {
    return connectorModel(await this.service.read(principal, key));
  }

  @Query(() => [ConnectorStatusModel], {
    description: 'Statuses there that tables of stages may name; the other system is asked',
  })
  async connectorStatuses(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
  ): Promise<ConnectorStatusModel[]> {
    return [...(await this.service.statuses(principal, key))];
  }

  @Mutation(() => ConnectorModel, {
    description: 'The first time it brings over all that is there',
  })
  async setConnector(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('input', { type: () => SetConnectorInput }) input: SetConnectorInput,
  ): Promise<ConnectorModel> {
    return connectorModel(await this.service.set(principal, key, bodyOf(input)));
  }

  @Mutation(() => Boolean, { description: 'The records of both sides stay' })
  async disconnectConnector(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
  ): Promise<boolean> {
    await this.service.disconnect(principal, key);
    return true;
  }

  @Mutation(() => ConnectorModel, { description: 'Changes wait' })
  async pauseConnector(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<ConnectorModel> {
    return connectorModel(await this.service.pause(principal, key, version));
  }

  @Mutation(() => ConnectorModel, { description: 'Also after it was stopped' })
  async resumeConnector(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('sameAccount', {
      type: () => Boolean,
      nullable: true,
      description: 'It was stopped because of another account, and is the same one all the same',
    })
    sameAccount: boolean | null,
  ): Promise<ConnectorModel> {
    return connectorModel(await this.service.resume(principal, key, version, sameAccount ?? false));
  }

  @Mutation(() => ConnectorModel, { description: 'Compares all records of both sides anew' })
  async resyncConnector(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
  ): Promise<ConnectorModel> {
    return connectorModel(await this.service.resync(principal, key));
  }

  @Query(() => SyncDeadLetterPageModel)
  async connectorDeadLetters(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args({ type: () => SyncRecordsArgs }) args: SyncRecordsArgs,
  ): Promise<SyncDeadLetterPageModel> {
    const query = parse(listDeadSchema, pageArgs(args));
    const { items, next } = await this.records.deadLetters(principal, key, query);
    return {
      items: items.map(({ local_id, remote_id, dead_at, ...row }) => ({
        ...row,
        localId: local_id,
        remoteId: remote_id,
        deadAt: dead_at,
      })),
      next,
    };
  }

  @Mutation(() => Int, {
    description: 'Tries the chosen dead letters again, or all; gives how many',
  })
  async replayConnectorDeadLetters(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('records', { type: () => [SyncRecordInput], nullable: true })
    records: SyncRecordInput[] | null,
  ): Promise<number> {
    return this.records.replay(principal, key, chosenOf(records));
  }

  @Mutation(() => Int, { description: 'Forgets them until their records change; gives how many' })
  async dropConnectorDeadLetters(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args('records', { type: () => [SyncRecordInput], nullable: true })
    records: SyncRecordInput[] | null,
  ): Promise<number> {
    return this.records.drop(principal, key, chosenOf(records));
  }

  @Query(() => SyncJournalPageModel, { description: 'Newest first' })
  async connectorJournal(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args({ type: () => SyncJournalArgs }) args: SyncJournalArgs,
  ): Promise<SyncJournalPageModel> {
    const { entity, localId, kind } = args;
    const filter = withoutNulls({ ...pageArgs(args), entity, local_id: localId, kind });
    const page = await this.records.journal(principal, key, parse(listJournalSchema, filter));
    return {
      items: page.items.map(({ local_id, remote_id, detail, ...row }) => ({
        ...row,
        detail,
        localId: local_id,
        remoteId: remote_id,
      })),
      next: page.next,
    };
  }

  @Query(() => SyncDivergencePageModel, { description: 'A side refused a value of these' })
  async connectorDivergences(
    @CurrentPrincipal() principal: Principal,
    @Args('key') key: string,
    @Args({ type: () => SyncRecordsArgs }) args: SyncRecordsArgs,
  ): Promise<SyncDivergencePageModel> {
    const query = parse(listDeadSchema, pageArgs(args));
    const { items, next } = await this.records.divergences(principal, key, query);
    return {
      items: items.map(({ local_id, remote_id, last_synced_at, ...row }) => ({
        ...row,
        localId: local_id,
        remoteId: remote_id,
        lastSyncedAt: last_synced_at,
      })),
      next,
    };
  }
}

function pageArgs({ limit, cursor }: SyncRecordsArgs): object {
  return withoutNulls({ limit, cursor });
}

function chosenOf(records: SyncRecordInput[] | null) {
  return parse(
    chosenSchema,
    records == null ? {} : { records: records.map(({ entity, key }) => ({ entity, key })) },
  );
}

/** As the REST route takes it. */
function bodyOf(input: SetConnectorInput): object {
  const { rules, budget, pollSeconds, stageTables, chosen, dryRun, ...rest } = input;
  const matrix = Object.groupBy(rules ?? [], ({ entity }) => entity);
  return withoutNulls({
    ...rest,
    matrix: Object.fromEntries(
      Object.entries(matrix).map(([entity, own]) => [
        entity,
        (own ?? []).map(({ field, direction, priority, critical }) => ({
          field,
          direction,
          priority,
          critical: critical ?? false,
        })),
      ]),
    ),
    budget: budget == null ? null : { burst: budget.burst, per_second: budget.perSecond },
    poll_seconds: pollSeconds,
    stage_tables: stageTables?.map(({ pipeline, statusOf, eventOf }) =>
      withoutNulls({ pipeline, status_of: statusOf, event_of: eventOf }),
    ),
    chosen:
      chosen == null
        ? null
        : Object.fromEntries(
            chosen.map(({ entity, createdThere, ids, pipelines }) => [
              entity,
              withoutNulls({ ids, pipelines, created_there: createdThere }),
            ]),
          ),
    dry_run: dryRun,
  });
}
