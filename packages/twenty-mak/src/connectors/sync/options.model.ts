import { Field, ObjectType } from '@nestjs/graphql';

@ObjectType('ConnectorOption', {
  description: 'Something of the other system that a setting may name.',
})
export class ConnectorOptionModel {
  @Field(() => String, { description: 'Member of the settings' }) setting: string;
  @Field(() => String, { description: 'As the setting has it; numbers as text' }) value: string;
  @Field(() => String, { description: 'As people know it there' }) title: string;
}
