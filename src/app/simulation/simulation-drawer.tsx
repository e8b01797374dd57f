export function SimulationDrawer({ opened }: { readonly opened: boolean; readonly close: () => void }) {
  return opened ? <p>Simulation</p> : null;
}
