import { Component, type ReactNode } from 'react';
import { text } from '../text/text.ts';
import { Notice } from './notice.tsx';

interface Props {
  readonly children: ReactNode;
  /** A change of this value renders the children again, as when another screen opens. */
  readonly resetKey: string;
}

interface State {
  readonly failed: boolean;
  readonly resetKey: string;
}

/** Contains an error of one part of the page, so that the rest stays usable. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false, resetKey: this.props.resetKey };

  static getDerivedStateFromError(): Partial<State> {
    return { failed: true };
  }

  static getDerivedStateFromProps(props: Props, state: State): State | null {
    return props.resetKey === state.resetKey ? null : { failed: false, resetKey: props.resetKey };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Notice
        kind="bad"
        title={text.shell.crashed.title}
        action={{ label: text.shell.crashed.again, act: () => this.setState({ failed: false }) }}
      >
        {text.shell.crashed.detail}
      </Notice>
    );
  }
}
