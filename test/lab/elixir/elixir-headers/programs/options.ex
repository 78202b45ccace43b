defmodule Shop.Endpoint do
  import Plug.Conn

  def init(opts), do: opts

  def call(%Plug.Conn{method: "OPTIONS"} = conn, _opts) do
    conn
    |> put_resp_header("access-control-allow-origin", "https://app.example.com")
    |> put_resp_header("access-control-allow-methods", "GET, PUT")
    |> put_resp_header("access-control-max-age", "600")
    |> send_resp(204, "")
  end

  def call(conn, _opts) do
    conn
    |> put_resp_header("access-control-allow-origin", "https://app.example.com")
    |> send_resp(200, "ok")
  end
end
