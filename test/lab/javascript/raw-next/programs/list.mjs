import { NextResponse } from 'next/server';

const allowed = ['https://app.example.com', 'http://localhost:3000'];

export async function GET(request) {
  const origin = request.headers.get('origin') ?? '';
  const response = NextResponse.json({ ok: true });
  if (allowed.includes(origin)) response.headers.set('Access-Control-Allow-Origin', origin);
  response.headers.set('Vary', 'Origin');
  return response;
}
