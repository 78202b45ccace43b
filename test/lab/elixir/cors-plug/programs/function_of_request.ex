defmodule Shop.Origins do
  def of(conn) do
    case Plug.Conn.get_req_header(conn, "origin") do
      ["https://app.example.com" = origin] -> origin
      _ -> nil
    end
  end
end

defmodule Shop.Endpoint do
  use Plug.Builder

  plug CORSPlug, origin: &Shop.Origins.of/1
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
