import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

export const uploads = new Server({
  path: '/uploads',
  datastore: new FileStore({ directory: './pictures' }),
  allowedOrigins: ['https://shop.example', 'https://admin.shop.example'],
  allowedCredentials: true,
});
