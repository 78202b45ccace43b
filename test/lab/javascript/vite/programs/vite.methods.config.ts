import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    cors: {
      origin: 'https://app.example.com',
      methods: ['get', 'post'],
      allowedHeaders: ['Content-Type', 'X-Shop'],
      exposedHeaders: 'X-Total',
      maxAge: 86400,
    },
  },
});
