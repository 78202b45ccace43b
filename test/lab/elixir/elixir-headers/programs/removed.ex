defmodule Shop.Endpoint do
  import Plug.Conn

  def init(opts), do: opts

  def call(conn, _opts) do
    conn
    |> put_resp_header("access-control-allow-origin", "https://app.example.com")
    |> put_resp_header("access-control-allow-credentials", "true")
    |> delete_resp_header("access-control-allow-credentials")
    |> send_resp(200, "ok")
  end
end
