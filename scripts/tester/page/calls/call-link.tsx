// A call in a list: what its events became, when, and who caused it. It leads to the call itself.
import type { Run } from '../../api';
import { becameOf } from '../call/call';
import { addressOf } from '../common/address';
import { Badge, FateBadge, lookOf } from '../common/outcome';
import { timeOf } from '../common/text';

interface Props {
  readonly run: Run;
  readonly isShown?: boolean;
}

export function CallLink({ run, isShown = false }: Props) {
  const { id, at, from, isBatch, results } = run;
  const fates = [...new Set(results.map(({ fate }) => fate))];
  const [first] = results;
  return (
    <a href={addressOf('Calls', id)} {...(isShown && { 'aria-current': true })}>
      <strong>{isBatch || first === undefined ? `A batch of ${results.length}` : becameOf(first)}</strong>
      <span class="row">
        {isStranger(run) ? (
          <Badge {...lookOf('unsupported')} text="Page view before signing in: no email address yet" />
        ) : (
          fates.map((fate) => <FateBadge key={fate} fate={fate} />)
        )}
        <small class="muted">
          call {id}, {timeOf(at)}
          {from === 'shop' && ', from the shop'}
        </small>
      </span>
    </a>
  );
}

/** The shop makes page calls by itself, the first one before anybody has signed in. That is not a failure. */
const isStranger = ({ isPageCall, from, results: [first] }: Run): boolean =>
  from === 'shop' && isPageCall && first?.lacksContact === true;
