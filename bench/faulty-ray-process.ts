import { connect, createServer, type Socket } from 'node:net';
import * as z from 'zod/mini';
import { rayFaults } from './faulty-ray.ts';

/** Stands between the console and a Ray, whose port is the argument: passes everything on, or does what its parent says. */
const messageSchema = z.object({ fault: z.nullable(z.enum(rayFaults)) });
const NONSENSE = Buffer.alloc(1_000_000, '[{"a":1},');
const NONSENSE_BYTES = 100_000_000;
const port = Number(process.argv[2]);
const sockets = new Set<Socket>();
let fault: z.infer<typeof messageSchema>['fault'] = null;

function flood(socket: Socket): void {
  let sent = 0;
  const more = (): void => {
    while (sent < NONSENSE_BYTES && !socket.destroyed) {
      sent += NONSENSE.length;
      if (!socket.write(NONSENSE)) return void socket.once('drain', more);
    }
    socket.end();
  };
  socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n');
  more();
}

const server = createServer((socket) => {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
  switch (fault) {
    case null: {
      const ray = connect(port, '127.0.0.1');
      sockets.add(ray);
      ray.on('error', () => socket.destroy());
      ray.on('close', () => sockets.delete(ray));
      socket.on('close', () => ray.destroy());
      socket.pipe(ray).pipe(socket);
      return;
    }
    case 'dead':
      socket.destroy();
      return;
    case 'hangs':
      socket.resume();
      return;
    case 'floods':
      socket.once('data', () => flood(socket));
  }
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : null });
});
process.on('message', (message) => {
  ({ fault } = messageSchema.parse(message));
  for (const socket of sockets) socket.destroy();
  process.send?.({ fault });
});
process.on('disconnect', () => process.exit(0));
