import { defineConfig } from 'vite';

export default defineConfig({
  preview: {
    cors: { origin: ['https://app.example.com', 'http://localhost:3000'] },
  },
});
