import { defineConfig, loadEnv } from '@medusajs/framework/utils';

loadEnv(process.env.NODE_ENV || 'development', process.cwd());

export default defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    http: {
      storeCors: 'https://shop.example',
      adminCors: '/^https:\\/\\/[a-z0-9-]+\\.shop\\.example$/',
      authCors: 'https://shop.example,https://admin.shop.example',
    },
  },
});
