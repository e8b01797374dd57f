import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** A server of files that knows nothing else, with a folder below a path. `asked`: what was asked of it. */
export async function serveFolder(folder: string, below: string) {
  const asked: string[] = [];
  const server = createServer((request, reply) => {
    const path = request.url ?? '/';
    asked.push(path);
    const file = path.startsWith(below) ? path.slice(below.length) : '-';
    const name = file === '' || file.endsWith('/') ? `${file}index.html` : file;
    readFile(join(folder, name)).then(
      (content) => reply.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'text/plain' }).end(content),
      () => reply.writeHead(404).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('It listens on no port.');
  return {
    address: `http://127.0.0.1:${String(address.port)}${below}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
