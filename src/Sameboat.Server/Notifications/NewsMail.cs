using System.Net;
using System.Net.Mail;
using System.Security.Authentication;
using System.Text;
using Sameboat.Server.Web;

namespace Sameboat.Server.Notifications;

/// <summary>
/// Tells by mail. The messages about one entity are one thread, and a message that is sent again has the id that it had
/// before, by which a mailbox knows it.
/// </summary>
internal static class NewsMail
{
    private const int IdLength = 16;

    /// <summary>Sends one message; null when the server took it, otherwise why not.</summary>
    internal static async Task<string?> SendAsync(
        MailSettings server, SubscriptionRow subscription, IReadOnlyList<NotificationRow> rows, NewsLetter letter,
        CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(NewsLimits.SendTimeout);
        try
        {
            using var message = Write(server, subscription, rows, letter);
            using var client = new SmtpClient(server.Host, server.Port)
            {
                EnableSsl = server.IsEncrypted,
                Credentials = server.User.Length > 0 ? new NetworkCredential(server.User, server.Password) : null,
            };
            await client.SendMailAsync(message, limit.Token);
            return null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{server.Host} did not take it within {NewsLimits.SendTimeout.TotalSeconds} seconds.";
        }
        catch (Exception fault) when (fault is SmtpException or FormatException or IOException
            or AuthenticationException)
        {
            return $"{server.Host} did not take it: {Why(fault)}";
        }
    }

    // Where encryption is demanded and cannot be had, nothing but the wish for it has been said.
    private static string Why(Exception fault) => fault.GetBaseException() switch
    {
        AuthenticationException refused =>
            $"its certificate is none that this machine trusts for that name. {refused.Message}",
        var cause when cause != fault => $"{fault.Message} {cause.Message}",
        _ => fault.Message,
    };

    private static MailMessage Write(
        MailSettings server, SubscriptionRow subscription, IReadOnlyList<NotificationRow> rows, NewsLetter letter)
    {
        var host = new MailAddress(server.From).Host;
        var thread = News.IdOf(subscription.Id, rows.Count == 1 ? $"thread {rows[0].Subject}" : "digest")[..IdLength];
        var message = new MailMessage(server.From, subscription.Target)
        {
            Subject = letter.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = letter.Body,
            BodyEncoding = Encoding.UTF8,
        };
        message.Headers.Add("Message-ID", $"<{rows[0].Id}@{host}>");
        message.Headers.Add("References", $"<{thread}.thread@{host}>");
        message.Headers.Add("In-Reply-To", $"<{thread}.thread@{host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}

/// <summary>The words of a message.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Body">Plain text.</param>
internal sealed record NewsLetter(string Subject, string Body)
{
    /// <summary>Writes one message about one or several notifications.</summary>
    /// <param name="subscription">Whose.</param>
    /// <param name="rows">At least one, oldest first.</param>
    /// <param name="names">Of members.</param>
    /// <param name="site">Where readers reach the node; null leaves the links out.</param>
    internal static NewsLetter Of(
        SubscriptionRow subscription, IReadOnlyList<NotificationRow> rows, MemberNames names, Uri? site)
    {
        var words = Words.Of(subscription.Culture) ?? Words.Of(Words.DefaultCulture)!;
        var body = new StringBuilder();
        foreach (var row in rows)
        {
            body.Append(NewsText.Type(words, row.Type)).Append(" · ")
                .Append(NewsText.Severity(words, row.Severity)).Append(" · ")
                .AppendLine(NewsText.Made(words, row));
            body.AppendLine(OneLine(NewsText.Says(words, row, names)));
            body.AppendLine(row.Subject);
            if (site is not null && NewsText.PathOf(row.Subject) is { } path)
            {
                body.AppendLine(new Uri(site, $"/{words.Culture}{path}").ToString());
            }

            body.AppendLine();
        }

        body.AppendLine(words.Format("news.mail.why", subscription.Name));
        if (site is not null)
        {
            body.AppendLine(new Uri(site, $"/{words.Culture}/inbox").ToString());
        }

        var subject = rows.Count == 1
            ? $"{NewsText.Type(words, rows[0].Type)}: {rows[0].Subject}"
            : words.Count("news.mail.digest", rows.Count);
        return new NewsLetter("[Sameboat] " + OneLine(subject), body.ToString());
    }

    // What others wrote stands in one line, so that it cannot begin a header.
    private static string OneLine(string text) =>
        string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));
}
