import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    // @ts-expect-error the option takes an object
    cors: ['https://app.example.com'],
  },
});
