import { Inject } from '@nestjs/common';
import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal, RequireScope } from '../../platform/auth/index.ts';
import type { Principal } from '../../platform/auth/index.ts';
import { parse, uuidField, withoutNulls } from '../../platform/validation/index.ts';
import { createViewSchema, editViewSchema, listViewsSchema } from './views.dto.ts';
import type { ViewKind } from './views.dto.ts';
import {
  CreateViewInput,
  SavedViewModel,
  UpdateViewInput,
  ViewKindEnum,
  viewModel,
} from './views.model.ts';
import { ViewsService } from './views.service.ts';

@RequireScope('deals:read')
@Resolver(() => SavedViewModel)
export class ViewsResolver {
  constructor(@Inject(ViewsService) private readonly service: ViewsService) {}

  @Query(() => [SavedViewModel], { description: 'Own and shared views, in their order' })
  async views(
    @CurrentPrincipal() principal: Principal,
    @Args('kind', { type: () => ViewKindEnum, nullable: true }) kind?: ViewKind,
  ): Promise<SavedViewModel[]> {
    const request = parse(listViewsSchema, withoutNulls({ kind }));
    return (await this.service.list(principal, request)).map(viewModel);
  }

  @Mutation(() => SavedViewModel)
  async createView(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { type: () => CreateViewInput }) input: CreateViewInput,
  ): Promise<SavedViewModel> {
    const request = parse(createViewSchema, withoutNulls(input));
    return viewModel(await this.service.create(principal, request));
  }

  @Mutation(() => SavedViewModel, {
    description: 'An own view, or with tenant:manage a shared one',
  })
  async updateView(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
    @Args('input', { type: () => UpdateViewInput }) input: UpdateViewInput,
  ): Promise<SavedViewModel> {
    const { pipeline, ...rest } = input;
    const edit = parse(editViewSchema, { ...withoutNulls(rest), pipeline });
    return viewModel(await this.service.edit(principal, parse(uuidField, id), edit));
  }

  @Mutation(() => Boolean, { description: 'An own view, or with tenant:manage a shared one' })
  async deleteView(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<boolean> {
    await this.service.delete(principal, parse(uuidField, id));
    return true;
  }
}
