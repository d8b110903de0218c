import { useApolloClient } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { Avatar } from 'twenty-ui/data-display';
import type { PipelineDefinition } from 'twenty-mak-domain';
import { problemOf } from '../../app/data/problem.ts';
import { DealPageDocument, SetResponsibleDocument } from '../../generated/graphql.ts';
import type { DealDetailFragment } from '../../generated/graphql.ts';
import { PersonPicker } from '../../parts/people/person-picker.tsx';
import type { PersonChoice } from '../../parts/people/person-picker.tsx';
import { Card } from '../../ui/card/card.tsx';
import { useSnackbar } from '../../ui/snackbar/snackbar.tsx';
import { useProblemText } from '../../ui/states/problem-text.ts';
import { rolesOf } from './roles-of.ts';
import type { RolePerson } from './roles-of.ts';
import styles from './people-card.module.css';

interface PeopleCardProps {
  readonly deal: DealDetailFragment;
  readonly pipeline: PipelineDefinition | null;
  readonly editable: boolean;
}

/** Who answers for the deal in which role. */
export function PeopleCard({ deal, pipeline, editable }: PeopleCardProps) {
  const { t } = useLingui();
  const assign = useAssign();
  const roles = rolesOf(pipeline, deal.responsiblePeople);
  return (
    <Card title={t`People`}>
      {roles.length === 0 && (
        <p className={styles.nobody}>
          <Trans>The pipeline names no roles.</Trans>
        </p>
      )}
      <dl className={styles.people}>
        {roles.map((one) => (
          <RoleLine
            key={one.role}
            line={one}
            editable={editable}
            onAssign={(person) => assign(deal, one, person)}
          />
        ))}
      </dl>
    </Card>
  );
}

function RoleLine({
  line: { role, person },
  editable,
  onAssign,
}: {
  readonly line: RolePerson;
  readonly editable: boolean;
  readonly onAssign: (person: PersonChoice | null) => void;
}) {
  const { t } = useLingui();
  const [editing, setEditing] = useState(false);
  const title = titleOf(role);
  return (
    <div className={styles.line}>
      <dt>{title}</dt>
      <dd>
        {editing ? (
          <PersonPicker
            label={title}
            labelHidden
            focused
            value={person}
            onChange={(chosen) => {
              setEditing(false);
              onAssign(chosen);
            }}
            onLeave={() => setEditing(false)}
          />
        ) : (
          <>
            {person === null ? (
              <span className={styles.nobody}>{t`nobody`}</span>
            ) : (
              <span className={styles.person}>
                <Avatar placeholder={person.name} placeholderColorSeed={person.id} type="rounded" />
                <span>{person.name}</span>
              </span>
            )}
            {editable && (
              <button
                type="button"
                className={styles.pencil}
                aria-label={t`Edit ${title}`}
                onClick={() => setEditing(true)}
              >
                <IconPencil size={14} aria-hidden />
              </button>
            )}
          </>
        )}
      </dd>
    </div>
  );
}

type Assign = (deal: DealDetailFragment, line: RolePerson, person: PersonChoice | null) => void;

/** Gives a role to somebody. When another person gave it meanwhile, the message says to whom and asks. */
function useAssign(): Assign {
  const { t } = useLingui();
  const client = useApolloClient();
  const snackbar = useSnackbar();
  const textOf = useProblemText();

  async function assign(
    deal: DealDetailFragment,
    { role, person: before }: RolePerson,
    person: PersonChoice | null,
  ): Promise<void> {
    if (before?.id === person?.id) return;
    const again = (now: DealDetailFragment, then: PersonChoice | null) => () =>
      void assign(now, { role, person: then }, person);
    try {
      const { data } = await client.mutate({
        mutation: SetResponsibleDocument,
        variables: {
          id: deal.id,
          version: deal.version,
          responsible: { [role]: person?.id ?? null },
        },
      });
      const after = data?.setDealOwners ?? deal;
      snackbar.success(t`Saved`, {
        label: t`Undo`,
        run: () => void assign(after, { role, person }, before),
      });
    } catch (error) {
      const problem = problemOf(error);
      if (problem.code !== 'stale_version') {
        snackbar.error(textOf(problem), { label: t`Try again`, run: again(deal, before) });
        return;
      }
      const { data } = await client.query({
        query: DealPageDocument,
        variables: { id: deal.id },
        fetchPolicy: 'network-only',
      });
      if (data === undefined) return;
      const theirs =
        rolesOf(null, data.deal.responsiblePeople).find((one) => one.role === role)?.person ?? null;
      if (theirs?.id === before?.id) return assign(data.deal, { role, person: before }, person);
      if (theirs?.id === person?.id) return;
      const title = titleOf(role);
      const name = theirs?.name ?? t`nobody`;
      const wanted = person?.name ?? t`nobody`;
      snackbar.error(t`${title}: somebody else has just set ${name}. You chose ${wanted}.`, {
        label: t`Set ${wanted}`,
        run: again(data.deal, theirs),
      });
    }
  }
  return (deal, line, person) => {
    assign(deal, line, person).catch((error: unknown) => snackbar.error(textOf(problemOf(error))));
  };
}

/** Roles are keys of the pipeline, e.g. `pre-sales`. */
function titleOf(role: string): string {
  const words = role.replaceAll(/[-_]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
