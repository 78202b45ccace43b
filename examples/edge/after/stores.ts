import { H3, handleCors } from 'h3';

export const app = new H3();

app.use((event) => {
  const answered = handleCors(event, { origin: ['https://shop.example'] });
  if (answered !== false) return answered;
});
app.get('/stores', () => []);
