import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { ProvidesConnector } from './connector.ts';
import type { Connector } from './connector.ts';

/** Every connector of the product. */
@Injectable()
export class ConnectorRegistry implements OnModuleInit {
  private readonly connectors = new Map<string, Connector>();

  constructor(@Inject(DiscoveryService) private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const wrapper of this.discovery.getProviders({ metadataKey: ProvidesConnector.KEY })) {
      this.add(wrapper.instance as Connector);
    }
  }

  add(connector: Connector): void {
    const { key } = connector;
    if (this.connectors.has(key)) throw new Error(`Two connectors are named ${key}.`);
    this.connectors.set(key, connector);
  }

  get keys(): readonly string[] {
    return [...this.connectors.keys()];
  }

  find(key: string): Connector | undefined {
    return this.connectors.get(key);
  }
}
