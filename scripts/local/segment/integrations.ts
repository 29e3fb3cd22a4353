// Which events Segment hands over to a function: `integrations` in an event turns destinations on and off.
// Segment, "Spec: Common Fields", section "Integrations": https://segment.com/docs/connections/spec/common/#integrations

/**
 * Says why Segment does not hand an event over; `undefined` if it does.
 *
 * @param functionName the function's name in Segment, which is `My function (My workspace)`. Without the brackets, it is
 * that in any workspace; the built-in destinations' names have none.
 */
export function whyNotHandedOver(event: unknown, functionName: string): string | undefined {
  const integrations = new Map<string, unknown>(
    typeof event === 'object' && event !== null && 'integrations' in event
      ? Object.entries(event.integrations ?? {})
      : [],
  );
  const hasWorkspace = functionName.endsWith(')');
  const [key, own] = [...integrations].find(
    ([name]) =>
      (hasWorkspace && name === functionName) || (name.startsWith(`${functionName} (`) && name.endsWith(')')),
  ) ?? ['', undefined];
  if (own === false) return `The event turns this function off: integrations["${key}"] is false.`;
  if (integrations.get('All') !== false || (own !== undefined && own !== null)) return undefined;
  const expected = hasWorkspace ? functionName : `${functionName} (<workspace>)`;
  return `The event turns all destinations off: integrations.All is false, and integrations["${expected}"] is not true.`;
}
