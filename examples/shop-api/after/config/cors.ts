import { defineConfig } from '@adonisjs/cors';

export default defineConfig({
  enabled: true,
  origin: ['https://shop.example', 'https://admin.shop.example'],
  methods: ['GET', 'HEAD', 'POST'],
  credentials: true,
});
