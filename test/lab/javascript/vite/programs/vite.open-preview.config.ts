import { defineConfig } from 'vite';

export default defineConfig({
  preview: {
    cors: true,
  },
});
