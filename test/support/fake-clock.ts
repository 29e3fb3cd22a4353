// A clock for the local services that goes on when a test says so.
import type { Clock as FakeClock } from '@sinonjs/fake-timers';
import type { Clock } from '../../scripts/local/clock';

export const clockOf = (fake: FakeClock): Clock => ({
  now: () => fake.now,
  schedule(act, milliseconds) {
    const timer = fake.setTimeout(act, milliseconds);
    return () => {
      fake.clearTimeout(timer);
    };
  },
});
