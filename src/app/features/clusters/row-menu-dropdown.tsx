import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';
import { Menu } from '@mantine/core';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { ClusterActions } from '../../cluster-ui/cluster-actions.tsx';
import { openWithRequest } from '../../routing/cluster-request.ts';
import { useClipboardStatus } from '../../ui/use-clipboard-status.ts';
import classes from './row-menu.module.css';

interface RowMenuDropdownProps {
  readonly cluster: VirtualCluster;
  readonly mayNotWrite: string | null;
  /** The id of the button that opens the menu and labels it. */
  readonly labelId: string;
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
}

/** A row's menu. It stays open after copying, to show the outcome beside the item. */
export function RowMenuDropdown({ cluster, mayNotWrite, labelId, opened, onChange }: RowMenuDropdownProps) {
  const clipboard = useClipboardStatus();
  return (
    <>
      <span role="status" className="visually-hidden">
        {clipboard.status}
      </span>
      <Menu
        opened={opened}
        onChange={(next) => {
          clipboard.reset();
          onChange(next);
        }}
        position="bottom-end"
        // Outside of the row, which handles keys and clicks itself, but within the page's landmark. No placeholder: a menu may hold only items.
        portalProps={{ target: '#content' }}
        withInitialFocusPlaceholder={false}
        returnFocus={false}
        offset={4}
        width={280}
        shadow="md"
      >
        <Menu.Target>
          <span className={classes['target']} data-opened={opened} aria-hidden="true" />
        </Menu.Target>
        <Menu.Dropdown aria-labelledby={labelId}>
          <ClusterActions
            cluster={cluster}
            mayNotWrite={mayNotWrite}
            canDelete
            clipboard={clipboard}
            isOpen={false}
            onDelete={() => openWithRequest(cluster.id, 'deletion', { keepQuery: true })}
            onShowRaw={() => openWithRequest(cluster.id, 'raw-reply', { keepQuery: true })}
          />
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
