import { NextResponse } from 'next/server';

export async function GET() {
  const response = NextResponse.json({ ok: true });
  response.headers.set('Access-Control-Allow-Origin', 'https://app.example.com');
  response.headers.set('Access-Control-Allow-Credentials', 'true');
  return response;
}
