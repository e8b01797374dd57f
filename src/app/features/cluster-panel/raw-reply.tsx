import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useConsole } from '../../api/console.tsx';
import { rawQuery } from '../../api/queries.ts';
import { text } from '../../text/text.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useSectionLevel } from '../../ui/section-level.tsx';
import { indentJson } from './indent-json.ts';
import classes from './raw-reply.module.css';

/** Ray's own reply about a virtual cluster, digit for digit. */
export function RawReply({ clusterId, hide }: { readonly clusterId: string; readonly hide: () => void }) {
  const words = text.panel.raw;
  const { api } = useConsole();
  const { data, error, refetch, isFetching } = useQuery(rawQuery(api, clusterId));
  const heading = useRef<HTMLHeadingElement>(null);
  const Heading = useSectionLevel() === 2 ? 'h2' : 'h3';
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className={classes['raw']} aria-labelledby="raw-reply">
      <div className={classes['head']}>
        <Heading id="raw-reply" ref={heading} tabIndex={-1}>
          {words.title}
        </Heading>
        {data !== undefined && <CopyButton value={data} what={words.copy} />}
        <span className={classes['space']} />
        <Button size="compact-sm" variant="default" disabled={isFetching} onClick={() => void refetch()}>
          {words.again}
        </Button>
        <Button size="compact-sm" variant="default" onClick={hide}>
          {words.hide}
        </Button>
      </div>
      <p className="quiet">{words.detail}</p>
      {error !== null ? (
        <p role="alert">{words.failed(error.message)}</p>
      ) : data === undefined ? (
        <p>{words.loading}</p>
      ) : (
        // Scrollable, so it must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className={classes['text']} tabIndex={0}>
          {indentJson(data)}
        </pre>
      )}
    </section>
  );
}
