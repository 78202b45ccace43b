/** A small server in each language, as a user opens it: with a finding that has a fix. */
export interface LanguageCase {
  readonly language: string;
  readonly file: string;
  readonly rule: string;
  readonly lines: readonly string[];
}

export const languageCases: readonly LanguageCase[] = [
  {
    language: 'Go',
    file: 'main.go',
    rule: 'malformed-origin',
    lines: [
      'package main',
      '',
      'import (',
      '\t"net/http"',
      '',
      '\t"github.com/rs/cors"',
      ')',
      '',
      'func main() {',
      '\tc := cors.New(cors.Options{AllowedOrigins: []string{"https://shop.example/"}})',
      '\thttp.ListenAndServe(":8080", c.Handler(http.NewServeMux()))',
      '}',
    ],
  },
  {
    language: 'Java',
    file: 'Api.java',
    rule: 'any-origin',
    lines: [
      'import org.springframework.web.bind.annotation.*;',
      '',
      '@RestController',
      '@CrossOrigin',
      'class Api {',
      '  @GetMapping("/prices")',
      '  String prices() { return "[]"; }',
      '}',
    ],
  },
  {
    language: 'Kotlin',
    file: 'Server.kt',
    rule: 'any-origin-with-credentials',
    lines: [
      'import io.ktor.server.application.*',
      'import io.ktor.server.plugins.cors.routing.*',
      '',
      'fun Application.module() {',
      '    install(CORS) {',
      '        anyHost()',
      '        allowCredentials = true',
      '    }',
      '}',
    ],
  },
  {
    language: 'C#',
    file: 'Program.cs',
    rule: 'malformed-origin',
    lines: [
      'var builder = WebApplication.CreateBuilder(args);',
      'builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy.WithOrigins("https://shop.example/x")));',
      'var app = builder.Build();',
      'app.UseCors();',
      'app.MapGet("/", () => "");',
      'app.Run();',
    ],
  },
  {
    language: 'PHP',
    file: 'api.php',
    rule: 'malformed-origin',
    lines: ['<?php', "header('Access-Control-Allow-Origin: https://shop.example/');", 'echo json_encode([]);'],
  },
  {
    language: 'Ruby',
    file: 'config.ru',
    rule: 'malformed-origin',
    lines: [
      'use Rack::Cors do',
      '  allow do',
      "    origins 'https://shop.example/'",
      "    resource '*', headers: :any",
      '  end',
      'end',
    ],
  },
  {
    language: 'Rust',
    file: 'main.rs',
    rule: 'malformed-origin',
    lines: [
      'use actix_cors::Cors;',
      '',
      'fn cors() -> Cors {',
      '    Cors::default().allowed_origin("https://shop.example/").allow_any_method()',
      '}',
    ],
  },
  {
    language: 'Scala',
    file: 'Server.scala',
    rule: 'malformed-origin',
    lines: [
      'import org.apache.pekko.http.scaladsl.model.headers.RawHeader',
      'import org.apache.pekko.http.scaladsl.server.Directives._',
      '',
      'object Server {',
      '  val route = respondWithHeader(RawHeader("Access-Control-Allow-Origin", "https://shop.example/")) {',
      '    complete("ok")',
      '  }',
      '}',
    ],
  },
  {
    language: 'Elixir',
    file: 'endpoint.ex',
    rule: 'malformed-origin',
    lines: [
      'defmodule Shop.Endpoint do',
      '  use Plug.Router',
      '  plug CORSPlug, origin: ["https://shop.example/"]',
      '  plug :match',
      '  plug :dispatch',
      'end',
    ],
  },
];
