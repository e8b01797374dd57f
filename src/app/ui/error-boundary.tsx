import { Component, type ReactNode } from 'react';
import { text } from '../text/text.ts';
import { Notice } from './notice.tsx';
import { PartNotLoaded } from './part-not-loaded.ts';

interface Props {
  readonly children: ReactNode;
  /** A change of this value renders the children again, as when another screen opens. */
  readonly resetKey: string;
  /** Before the children are rendered again because a person asks for it. */
  readonly onRetry?: () => void;
}

interface State {
  /** What was thrown; null: nothing. */
  readonly failed: { readonly why: string } | null;
  readonly resetKey: string;
}

/** Contains an error of one part of the page, so that the rest stays usable. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failed: { why: error instanceof Error ? error.message : String(error) } };
  }

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    return props.resetKey === state.resetKey ? null : { failed: null, resetKey: props.resetKey };
  }

  /** Whether a person has asked for another try, whose end is not known yet. */
  #isRetried = false;

  override componentDidCatch(error: unknown): void {
    if (this.#isRetried && error instanceof PartNotLoaded) void reloadIfServed();
    this.#isRetried = false;
  }

  readonly #retry = () => {
    this.#isRetried = true;
    this.props.onRetry?.();
    this.setState({ failed: null });
  };

  override render() {
    const { failed } = this.state;
    if (failed === null) return this.props.children;
    const { title, detail, again, why } = text.shell.crashed;
    return (
      <Notice kind="bad" title={title} action={{ label: again, act: this.#retry }}>
        <p>{detail}</p>
        {failed.why !== '' && <p className="quiet">{why(failed.why)}</p>}
      </Notice>
    );
  }
}

/**
 * Reloads the page if the console can be reached. Browsers do not fetch a module again that failed to load, and after an update of the
 * console the modules of an open page no longer exist.
 */
async function reloadIfServed(): Promise<void> {
  try {
    await fetch(window.location.href, { method: 'HEAD' });
  } catch {
    return;
  }
  window.location.reload();
}
