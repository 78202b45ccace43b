defmodule Shop.Endpoint do
  use Plug.Builder

  plug CORSPlug, origin: System.get_env("CORS_LINT_UNSET", "https://app.example.com")
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
