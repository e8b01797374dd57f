import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';
import { Menu } from '@mantine/core';
import { useState } from 'react';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { consoleOrigin } from '../../routing/base-path.ts';
import { navigateTo } from '../../routing/link.tsx';
import {
  curlDeleteCommand,
  curlListCommand,
  curlSaveCommand,
  heldReplicaSetsOf,
} from '../../cluster-ui/curl-commands.ts';
import classes from './row-menu.module.css';

const words = text.clusters.menu;

interface RowMenuDropdownProps {
  readonly cluster: VirtualCluster;
  readonly mayNotWrite: string | null;
  /** The button that opens it, and names it. */
  readonly labelId: string;
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
}

/** A row's menu. What was copied is said where it was chosen, so the menu stays. */
export function RowMenuDropdown({ cluster, mayNotWrite, labelId, opened, onChange }: RowMenuDropdownProps) {
  const [copyStatus, setSaid] = useState<{ readonly item: string; readonly text: string } | null>(null);
  const origin = consoleOrigin();

  async function copy(item: string, value: string) {
    try {
      await navigator.clipboard.writeText(value);
      setSaid({ item, text: text.copy.copied });
    } catch {
      setSaid({ item, text: text.copy.failed });
    }
  }

  const copyItem = (item: string, value: () => string) => (
    <Menu.Item
      closeMenuOnClick={false}
      rightSection={copyStatus?.item === item ? copyStatus.text : null}
      onClick={() => void copy(item, value())}
    >
      {item}
    </Menu.Item>
  );

  return (
    <>
      <span role="status" className="visually-hidden">
        {copyStatus?.text}
      </span>
      <Menu
        opened={opened}
        onChange={(next) => {
          setSaid(null);
          onChange(next);
        }}
        position="bottom-end"
        // Outside of the row, whose keys and clicks are not its own, but within the page's landmark; nothing in it but items.
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
