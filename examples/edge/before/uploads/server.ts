import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

export const uploads = new Server({
  path: '/uploads',
  datastore: new FileStore({ directory: './pictures' }),
  allowedOrigins: (origin) => origin.endsWith('shop.example'),
  allowedCredentials: true,
});
