import { config } from '@keystone-6/core';
import { lists } from './schema';

export default config({
  db: { provider: 'sqlite', url: 'file:./recipes.db' },
  server: { port: 3000, cors: { origin: ['https://shop.example'], credentials: true } },
  lists,
});
