using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Consignments;
using Sameboat.Server.Members;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Reporting;
using Sameboat.Server.Requests;
using Sameboat.Server.Scoreboard;

namespace Sameboat.Server.Web;

/// <summary>The pages of members, outbreaks, requests and consignments, the scoreboard and the report.</summary>
internal static class PublicPages
{
    internal static void MapPublicPages(this IEndpointRouteBuilder routes)
    {
        routes.MapPage("/members", (culture, http, pages) =>
            pages.ShowAsync<MembersPage, MembersView>(http, culture, "members", MembersView.ReadAsync));
        routes.MapPage("/members/{id}", (culture, http, pages) =>
        {
            var id = http.PathPart("id");
            return pages.ShowAsync<MemberPage, MemberView>(
                http, culture, $"members/{id}", (db, cancellation) => MemberView.ReadAsync(db, id, cancellation));
        });
        routes.MapPage("/outbreaks/{owner}/{name}", (culture, http, pages) =>
        {
            var subject = $"outbreak/{http.PathPart("owner")}/{http.PathPart("name")}";
            return pages.ShowAsync<OutbreakPage, OutbreakView>(
                http, culture, subject, (db, cancellation) => OutbreakView.ReadAsync(db, subject, cancellation));
        });
        routes.MapPage("/requests", (culture, http, pages) =>
            pages.ShowAsync<RequestsPage, RequestsView>(http, culture, "requests", RequestsView.ReadAsync));
        routes.MapPage("/requests/{owner}/{name}", (culture, http, pages) =>
        {
            var subject = $"request/{http.PathPart("owner")}/{http.PathPart("name")}";
            return pages.ShowAsync<RequestPage, RequestView>(
                http, culture, subject, (db, cancellation) => RequestView.ReadAsync(db, subject, cancellation));
        });
        routes.MapPage("/consignments", (culture, http, pages) =>
            pages.ShowAsync<ConsignmentsPage, ConsignmentsView>(
                http, culture, "consignments", ConsignmentsView.ReadAsync));
        routes.MapPage("/report", (culture, http, pages) =>
        {
            var asked = ReportScope.Of(http.Request.Query);
            return pages.ShowAsync<ReportPage, ReportView>(
                http, culture, asked.Key, (db, cancellation) => ReportView.ReadAsync(db, asked, cancellation));
        });
        routes.MapScoreboard();
    }
}
