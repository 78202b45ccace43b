import { App } from '@tinyhttp/app';
import { cors } from '@tinyhttp/cors';

const app = new App();
app.use(cors({ origin: /example\.com$/i }));
app.use((req, res) => res.send('ok'));

app.listen(Number(process.env.PORT), undefined, '127.0.0.1');
