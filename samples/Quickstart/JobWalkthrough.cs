using JobStorages.Quickstart.Inputs;
using JobStorages.Quickstart.Running;

namespace JobStorages.Quickstart;

/// <summary>One job: allocated, filled, run, shown, released.</summary>
internal sealed class JobWalkthrough(IStorageRoot storage, string jobId, string? keepDirectory)
{
    public async Task RunAsync(CancellationToken ct)
    {
        Narrator.Step($"2. AllocateJob(\"{jobId}\")");
        JobStorage job = storage.AllocateJob(jobId);
        try
        {
            Narrator.Confirm(Directory.Exists(job.OutputDir), $"{job.OutputDir} is there");
            ShowDuplicate();
            ShowEscape("../escape");
            await UploadAndRunAsync(job, ct);
        }
        finally
        {
            // Not with ct: a job that was interrupted has to go away, too.
            await storage.ReleaseJobAsync(jobId, CancellationToken.None);
        }

        Narrator.Step($"5. await ReleaseJobAsync(\"{jobId}\")");
        Narrator.Confirm(!Directory.Exists(job.Root), $"{job.Root} is gone");
        Narrator.Confirm(storage.ListJobs() is [], "ListJobs: []");
    }

    private async Task UploadAndRunAsync(JobStorage job, CancellationToken ct)
    {
        Narrator.Step("3. Stream the inputs in, run the job on its directory");
        await SampleUpload.WriteAsync(job, ct);
        FlightReport report = await FlightRunner.RunAsync(job, ct);
        foreach (string line in DirectoryTree.Lines(job.Root))
        {
            Narrator.Line(line);
        }

        Narrator.Step("4. What output/report.md says");
        foreach ((string name, string value) in report.Figures())
        {
            Narrator.Line($"{name,-18}{value}");
        }

        if (keepDirectory is not null)
        {
            KeepOutputs(job, keepDirectory);
        }
    }

    private void ShowDuplicate()
    {
        try
        {
            storage.AllocateJob(jobId);
        }
        catch (JobAlreadyExistsException e)
        {
            Narrator.Confirm(e.JobId == jobId, $"a second time is refused, JobId = {e.JobId}:");
            Narrator.Quote(e.Message);
            return;
        }

        throw new InvalidOperationException($"The job {jobId} could be allocated twice.");
    }

    private void ShowEscape(string escapingId)
    {
        try
        {
            storage.AllocateJob(escapingId);
        }
        catch (ArgumentException e)
        {
            Narrator.Confirm(!Path.Exists(Path.Join(storage.Root, escapingId)), $"AllocateJob(\"{escapingId}\") is refused:");
            Narrator.Quote(e.Message);
            return;
        }

        throw new InvalidOperationException($"The job id {escapingId} was not refused.");
    }

    private static void KeepOutputs(JobStorage job, string directory)
    {
        FileInfo[] outputs = new DirectoryInfo(job.OutputDir).GetFiles();
        string target = Directory.CreateDirectory(directory).FullName;
        FileInfo[] copies = [.. outputs.Select(output => output.CopyTo(Path.Join(target, output.Name), overwrite: true))];
        Narrator.Confirm(
            copies.Select(copy => copy.Length).SequenceEqual(outputs.Select(output => output.Length)),
            $"{copies.Length} files copied to {target}");
    }
}
