import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';
import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { consoleOrigin } from '../../routing/base-path.ts';
import { navigateTo } from '../../routing/navigate.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import { curlDeleteCommand, curlListCommand, curlSaveCommand } from '../../cluster-ui/curl-commands.ts';
import { useClipboardStatus } from '../../ui/use-clipboard-status.ts';
import classes from './row-menu.module.css';

const words = text.clusters.menu;

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
  const [copiedItem, setCopiedItem] = useState<string | null>(null);
  const origin = consoleOrigin();

  async function copy(item: string, value: string) {
    await clipboard.copy(value);
    setCopiedItem(item);
  }

  const copyItem = (item: string, value: () => string) => (
    <Menu.Item
      closeMenuOnClick={false}
      rightSection={copiedItem === item ? clipboard.status : null}
      onClick={() => void copy(item, value())}
    >
      {item}
    </Menu.Item>
  );

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
        width={220}
        shadow="md"
      >
        <Menu.Target>
          <span className={classes['target']} data-opened={opened} aria-hidden="true" />
        </Menu.Target>
        <Menu.Dropdown aria-labelledby={labelId}>
          <Menu.Item onClick={() => navigateTo(pathTo.cluster(cluster.id), { keepQuery: true })}>
            {words.open}
          </Menu.Item>
          <Menu.Item
            disabled={mayNotWrite !== null}
            title={mayNotWrite ?? undefined}
            onClick={() => navigateTo(pathTo.edit(cluster.id), { keepQuery: true })}
          >
            {words.edit}
          </Menu.Item>
          <Menu.Divider />
          {copyItem(words.copyId, () => cluster.id)}
          <Menu.Label role="presentation">{words.curl}</Menu.Label>
          {copyItem(words.curlList, () => curlListCommand(origin))}
          {copyItem(words.curlSave, () =>
            curlSaveCommand(origin, {
              clusterId: cluster.id,
              divisible: cluster.divisible,
              replicaSets: heldReplicaSetsOf(cluster),
              revision: cluster.revision,
            }),
          )}
          {copyItem(words.curlDelete, () => curlDeleteCommand(origin, cluster.id))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
